import type { PatientPageContent } from '../../clinic/patients/read-patient-page.ts'
import type { Frame } from '../frame.ts'

/** What each section of the staff's page of one patient gets. */
export interface PatientSectionProps {
  frame: Frame
  content: PatientPageContent
  /** Doctors only read. */
  isDesk: boolean
  formKey: string
}
